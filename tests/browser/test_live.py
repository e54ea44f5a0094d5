import pytest

pytestmark = pytest.mark.browser

WAIT = 60_000


def drawn(page, seed):
    found = "#live_board [data-drawn], #live_board[data-drawn]"
    page.wait_for_function(
        "([at, seed]) => +document.querySelector(at)?.dataset.drawn === seed",
        arg=[found, seed],
        timeout=WAIT,
    )


def test_pictures_follow_the_slider_the_teacher_when_it_rests_and_classes_the_model(page):
    page.get_by_role("tab", name="Live", exact=True).first.click()
    drawn(page, 5)
    first = page.get_attribute("#live_board img.now", "src")
    page.locator("#live-seed").focus()
    page.keyboard.press("ArrowRight")
    drawn(page, 5.02)
    assert page.get_attribute("#live_board img.now", "src") != first
    assert page.inner_text("#live_board .seed") == "5.02"
    page.keyboard.press("PageUp")  # the next whole seed
    drawn(page, 6)
    page.keyboard.press("3")
    page.wait_for_function(
        "document.querySelector('#live_board .fast').textContent.startsWith('3 calls')",
        timeout=WAIT,
    )
    page.wait_for_function(
        "document.querySelector('#live_board .slow').textContent.startsWith('40 calls')",
        timeout=2 * WAIT,
    )
    assert "old" not in page.get_attribute("#live_board img.many", "class").split()

    page.locator("#live_board .count label").first.click()
    page.evaluate(
        """async () => {
          const slider = document.querySelector("#live-seed");
          for (let i = 1; i <= 40; i++) {
            slider.value = i / 10;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise(requestAnimationFrame);
          }
        }"""
    )
    drawn(page, 4)

    page.select_option("#live_board select.model", "digits")
    page.wait_for_function(
        "document.querySelector('#live_board .fast-about').textContent.startsWith('digits')",
        timeout=WAIT,
    )
    classes = page.locator("#live_board select.kind option").all_inner_texts()
    assert classes[:3] == ["one of each", "any", "0"]
