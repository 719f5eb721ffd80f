/* Suggestions in the search field while one types: an ARIA combobox whose options lead straight to their pages.
   Without this script the field searches as ever. */

const WAIT = 150;
const field = document.getElementById("q");

/** Suggestions from the API; none where it cannot be reached. */
async function fetchSuggestions(text, signal) {
  const response = await fetch(`/api/v1/suggest?q=${encodeURIComponent(text)}`, { signal });
  return response.ok ? (await response.json()).results : [];
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function option({ label, title, name, url }, index) {
  const { pathname, hash } = new URL(url);
  const known = name && name.toLowerCase() !== title.toLowerCase() && !title.includes(name) ? ` (${name})` : "";
  const parts = [element("b", {}, title), element("span", {}, `${label}${known}`)];
  const made = element("li", { id: `forslag-${index}`, role: "option", "aria-selected": "false" }, ...parts);
  made.dataset.url = pathname + hash;
  return made;
}

function combobox(input) {
  const list = element("ul", { id: "forslag", role: "listbox", "aria-label": "Forslag", class: "plain suggestions" });
  const status = element("p", { role: "status", class: "sr-only" });
  list.hidden = true;
  input.form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "forslag",
  })) input.setAttribute(name, value);

  let timer, request, active = -1;

  function choose(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const chosen = list.children[active];
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  }

  /** From now on the list stands still: nothing is fetched any more. */
  function settle() {
    clearTimeout(timer);
    request?.abort();
  }

  function close() {
    settle();
    choose(-1);
    list.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
  }

  function show(suggestions) {
    choose(-1);
    list.replaceChildren(...suggestions.map(option));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "Ingen forslag." : `${suggestions.length} forslag. Vælg med piletasterne.`;
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    try {
      const { signal } = request;
      const found = await fetchSuggestions(input.value, signal);
      if (!signal.aborted && document.activeElement === input) show(found);
    } catch {
      /* Typed on, or no network: the field still searches. */
    }
  }

  function go(chosen) {
    close();
    location.assign(chosen.dataset.url);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) return close();
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  const keys = {
    ArrowDown: () => choose(active === list.children.length - 1 ? -1 : active + 1),
    ArrowUp: () => choose((active === -1 ? list.children.length : active) - 1),
    Enter: () => go(list.children[active]),
    Escape: close,
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" && input.value.trim().length > 1) ask();
      return;
    }
    // Enter without a choice searches.
    if (!(event.key in keys) || (event.key === "Enter" && active < 0)) return;
    event.preventDefault();
    settle();
    keys[event.key]();
  });
  // The field keeps the focus, so that leaving it closes the list only where nothing was chosen.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) go(chosen);
  });
}

if (field) combobox(field);
