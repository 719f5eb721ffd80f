// The dialog in which an editor finds the text, instruction or provision to refer to. It opens on "pick" at the editor's
// box, and says there what was "picked". Arrows go through the results, Enter takes the first, Escape closes.

const WAIT = 200;
const WORDS = {
  tekster: ["Henvis til en tekst", "Nogle ord af titlen på en retningslinje, en anvisning, et begreb, en kilde …"],
  lov: ["Henvis til loven", "Lovens navn og paragraffens nummer eller overskrift, fx serviceloven 110"],
};

async function find(address, what, query, signal) {
  const parameters = new URLSearchParams({ hvad: what, q: query });
  const response = await fetch(`${address}?${parameters}`, { signal });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).results;
}

function resultOf(target) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const detail = document.createElement("small");
  button.type = "button";
  detail.textContent = target.detail;
  button.append(target.title, detail);
  button.target = target;
  item.append(button);
  return item;
}

function prepare(box) {
  const dialog = box.querySelector("template").content.firstElementChild.cloneNode(true);
  // Outside the form of the page: the dialog has one of its own.
  document.body.append(dialog);
  const [title, hint, field, status, list] = ["#picker-title", "#picker-hint", "input", ".picker-status", "ul"].map(
    (selector) => dialog.querySelector(selector),
  );
  let what, timer, request;

  const say = (text) => (status.textContent = text);

  async function ask() {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    if (!field.value.trim()) {
      list.replaceChildren();
      return say("");
    }
    try {
      const found = await find(box.dataset.lookup, what, field.value, signal);
      list.replaceChildren(...found.map(resultOf));
      say(found.length ? `${found.length} vist` : "Intet fundet. Prøv færre eller andre ord.");
    } catch (error) {
      if (error.name !== "AbortError") say("Der kan ikke slås op lige nu. Er du stadig logget ind?");
    }
  }

  function take(button) {
    if (!button) return;
    dialog.close();
    box.dispatchEvent(new CustomEvent("picked", { detail: button.target }));
  }

  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [field, ...list.querySelectorAll("button")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    next?.focus();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  dialog.addEventListener("keydown", walk);
  list.addEventListener("click", (event) => take(event.target.closest("button")));
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    take(list.querySelector("button"));
  });
  dialog.querySelector(".picker-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    request?.abort();
  });

  box.addEventListener("pick", ({ detail }) => {
    what = detail.what;
    [title.textContent, hint.textContent] = WORDS[what];
    field.value = detail.query.trim();
    list.replaceChildren();
    dialog.showModal();
    field.focus();
    field.select();
    ask();
  });
}

document.querySelectorAll(".text-editor").forEach(prepare);
