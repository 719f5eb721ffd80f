// Keeps what is typed in the form of a text: every few seconds on the server, and in the browser where the server does
// not answer or has forgotten who one is. What was kept is offered when the form is opened again.
"use strict";

(() => {
  const DELAY = 3000;
  const SENT = "hjemvej:sent";
  // What differs from page to page without anybody typing.
  const NOT_TYPED = ["edition", "based_on", "merged", "_token", "csrfmiddlewaretoken"];

  const typed = (text) => {
    const fields = new URLSearchParams(text);
    NOT_TYPED.forEach((name) => fields.delete(name));
    return fields.toString();
  };

  const start = (note) => {
    const form = note.closest("form");
    const { autosave: address, token, user } = note.dataset;
    const key = `hjemvej:${user}:${token}`;
    let timer;
    let last = "";

    const fields = () => {
      const data = new FormData(form);
      data.append("_token", token);
      return data;
    };
    const asText = () => {
      const data = fields();
      data.delete("csrfmiddlewaretoken");
      return new URLSearchParams(data).toString();
    };
    const say = (text) => {
      note.textContent = text;
    };
    // A redirect is the way to the page for signing in: the session has ended.
    const send = (body) => {
      const headers = {
        "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
        "Content-Type": "application/x-www-form-urlencoded",
      };
      return fetch(address, { method: "POST", body, headers, redirect: "error" });
    };
    const store = (text) => {
      try {
        localStorage.setItem(key, JSON.stringify({ text, at: new Date().toISOString() }));
        return true;
      } catch {
        return false;
      }
    };
    const forget = () => {
      try {
        localStorage.removeItem(key);
      } catch {
        // No storage, nothing to forget.
      }
    };
    const stored = () => {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    };

    const keep = async () => {
      const text = asText();
      if (text === last) return;
      try {
        const answer = await send(text);
        if (!answer.ok) throw new Error(answer.status);
        last = text;
        forget();
        say(`Det, du har skrevet, er lagt til side kl. ${(await answer.json()).saved}. Det er ikke gemt som kladde endnu.`);
      } catch {
        say(
          store(text)
            ? "Serveren svarer ikke, eller du er logget ud. Din tekst er gemt her i browseren og kan hentes, når du åbner siden igen."
            : "Serveren svarer ikke, eller du er logget ud. Kopiér din tekst, før du lukker siden.",
        );
      }
    };

    const offer = (found) => {
      const box = document.createElement("p");
      box.className = "notice";
      box.append(`Her i browseren ligger tekst, som ikke nåede frem til serveren, fra ${new Date(found.at).toLocaleString("da-DK", { dateStyle: "long", timeStyle: "short" })}. `);
      const button = (label, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "linklike";
        made.textContent = label;
        made.addEventListener("click", act);
        box.append(made, " ");
      };
      button("Gendan", async () => {
        const answer = await send(found.text).catch(() => null);
        if (!answer || !answer.ok) return say("Serveren svarer stadig ikke. Teksten bliver liggende i browseren.");
        forget();
        location.assign("?gendan=1");
      });
      button("Kassér", () => {
        forget();
        box.remove();
      });
      document.querySelector(".draft-status").append(box);
    };

    last = asText();
    const opened = last;
    const found = stored();
    if (found && typed(found.text) !== typed(opened)) offer(found);
    const drop = document.querySelector("[data-drop]");
    if (drop) {
      drop.addEventListener("click", async () => {
        const answer = await send(new URLSearchParams({ _token: token, _drop: "1" })).catch(() => null);
        if (answer && answer.ok) drop.closest("[data-autosaved]").remove();
      });
    }
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, DELAY);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", () => {
      // Whether it comes through shows on the next page; until then the browser has it too.
      clearTimeout(timer);
      if (asText() === opened || !store(asText())) return;
      sessionStorage.setItem(SENT, key);
    });
  };

  // The page after a save says that it came through.
  const settle = () => {
    try {
      const key = sessionStorage.getItem(SENT);
      sessionStorage.removeItem(SENT);
      if (key && document.querySelector(".messagelist .draft-saved")) localStorage.removeItem(key);
    } catch {
      // No storage, nothing to settle.
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    settle();
    const note = document.querySelector("[data-autosave]");
    if (note) start(note);
  });
})();
