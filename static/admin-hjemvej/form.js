// Adds rows to a list without a round trip (without JavaScript there are empty rows), and names the search fields
// of the pickers, which their own script leaves without a label.
"use strict";

(() => {
  const prepareRows = (list) => {
    const rows = list.querySelector(".row-list");
    const template = list.querySelector("template");
    if (!rows || !template) return;
    const total = list.querySelector(`[name="${list.dataset.rows}-TOTAL_FORMS"]`);
    const add = list.querySelector(".row-add");
    add.hidden = false;
    add.querySelector("button").addEventListener("click", () => {
      const number = Number(total.value);
      const box = document.createElement("template");
      box.innerHTML = template.innerHTML.replaceAll("__prefix__", String(number));
      const row = box.content.firstElementChild;
      rows.append(row);
      total.value = String(number + 1);
      row.querySelector("input, textarea").focus();
    });
  };

  const namePicker = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const field = select.parentElement.querySelector(".select2-search__field");
    if (label && field) field.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-rows]").forEach(prepareRows);
  });
  window.addEventListener("load", () => {
    document.querySelectorAll("select.admin-autocomplete").forEach(namePicker);
  });
})();
