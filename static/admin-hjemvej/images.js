// Images in the text: chosen with the toolbar's button, dropped on the text or pasted into it. Each is described before
// it is sent; the server answers with the Markdown that is written at the cursor.

const BUSY = "Lægger billedet op …";
const FAILED = "Billedet kunne ikke lægges op. Er du stadig logget ind?";
const OUT_OF_ORDER = "Billedet kunne ikke gemmes lige nu: Serveren svarer ikke, eller dens disk er fuld. Prøv igen om lidt.";

/** The Markdown for an image that was put up. Throws an Error that says in Danish what is wrong. */
async function send(form) {
  const data = new FormData(form);
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const response = await fetch(form.action, { method: "POST", body: data });
  const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json");
  const answer = isAnswer ? await response.json() : {};
  if (!answer.image_code) throw new Error(answer.error || (response.status < 500 ? FAILED : OUT_OF_ORDER));
  return answer.image_code;
}

function firstOf(files) {
  const first = new DataTransfer();
  first.items.add(files[0]);
  return first.files;
}

function prepare(box) {
  const dialog = box.querySelector(".image-template").content.firstElementChild.cloneNode(true);
  // Outside the form of the page: the dialog has one of its own.
  document.body.append(dialog);
  const form = dialog.querySelector("form");
  const status = dialog.querySelector(".image-status");
  const submit = form.querySelector("[type=submit]");

  function open(files) {
    form.reset();
    status.textContent = "";
    if (files) form.image.files = firstOf(files);
    dialog.showModal();
    (files ? form.description : form.image).focus();
  }

  async function put(event) {
    event.preventDefault();
    submit.disabled = true;
    status.textContent = BUSY;
    try {
      const code = await send(form);
      dialog.close();
      box.dispatchEvent(new CustomEvent("write", { detail: code }));
    } catch (error) {
      status.textContent = error instanceof TypeError ? FAILED : error.message;
    } finally {
      submit.disabled = false;
    }
  }

  form.addEventListener("submit", put);
  dialog.querySelector(".image-close").addEventListener("click", () => dialog.close());
  box.querySelector("[data-image]").addEventListener("click", () => open());
  return open;
}

const openers = new Map([...document.querySelectorAll(".text-editor")].map((box) => [box, prepare(box)]));

// On the window, so that they come before markdownx's own, which send a file at once and without its description.
function takeFile(event) {
  const open = openers.get(event.target.closest?.(".markdownx-editor")?.closest(".text-editor"));
  const files = (event.clipboardData ?? event.dataTransfer)?.files;
  if (!open || !files?.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  open(files);
}

window.addEventListener("paste", takeFile, true);
window.addEventListener("drop", takeFile, true);
