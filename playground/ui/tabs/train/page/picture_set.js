// Pictures made in the page: shown as thumbnails, and held by the part's value, which Python reads.
const set = (() => {
  const $ = (name) => element.querySelector(name);
  const list = props.value ? JSON.parse(props.value) : []; // [{class, data}], as page_pictures.py reads it
  const shelf = $(".shelf"), kind = $(".class");

  function show() {
    $(".told").textContent = list.length === 1 ? "1 picture" : `${list.length} pictures`;
    $(".empty").disabled = list.length === 0;
    shelf.replaceChildren(...list.map((one, place) => {
      const button = document.createElement("button"), image = document.createElement("img");
      button.type = "button";
      button.title = button.ariaLabel = `Take picture ${place + 1}${one.class ? ` (${one.class})` : ""} out of the set`;
      image.src = one.data;
      image.alt = "";
      button.append(image);
      button.addEventListener("click", () => {
        list.splice(place, 1);
        send();
        shelf.children[Math.min(place, list.length - 1)]?.focus();
      });
      return button;
    }));
    element.dataset.pictures = list.length;
  }

  function send() {
    show();
    props.value = list.length ? JSON.stringify(list) : "";
    trigger("change");
  }

  $(".empty").addEventListener("click", () => { list.length = 0; send(); });
  show();
  return { // add: one data address or several, of the class that the field names
    add: (...made) => { for (const data of made) list.push({ class: kind.value.trim(), data }); send(); },
  };
})();
