import pytest

pytestmark = pytest.mark.browser


def test_every_tab_is_there_on_a_phone_and_none_is_wider_than_it(page, painted):
    page.set_viewport_size({"width": 390, "height": 844})
    names = ["Noise", "Denoise", "Live", "Race", "Fork", "Edit", "Train", "Reference"]
    for name in names:
        tab = page.get_by_role("tab", name=name, exact=True).first
        box = tab.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        tab.click()
        painted(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert tab.bounding_box()["y"] == box["y"]  # the row does not jump
