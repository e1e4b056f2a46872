// A button that copies an address or a citation. Without this script, and where nothing can be copied, there is none.
"use strict";

for (const part of document.querySelectorAll("[data-copy]")) {
  for (const text of navigator.clipboard ? part.querySelectorAll("[data-copies]") : []) {
    const term = text.parentElement.previousElementSibling;
    const button = document.createElement("button");
    const said = document.createElement("span");
    button.type = "button";
    button.className = "copy";
    button.textContent = part.dataset.copy;
    button.setAttribute("aria-label", `${part.dataset.copy}: ${term.textContent}`);
    said.className = "unseen";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.innerText.trim());
      } catch {
        getSelection().selectAllChildren(text); // for the reader's own key
        return;
      }
      button.textContent = said.textContent = part.dataset.copied;
      setTimeout(() => {
        button.textContent = part.dataset.copy;
        said.textContent = "";
      }, 2000);
    });
    term.append(button, said);
  }
}
