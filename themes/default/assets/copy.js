// A button marked with data-copy copies the text of the element with that id. It is hidden until it can.
"use strict";
for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  const source = document.getElementById(button.dataset.copy);
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  button.after(" ", status);
  button.hidden = source === null;
  button.addEventListener("click", async () => {
    // Emptied first, so that it is told again.
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(source.innerText.trim());
      status.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(source);
      status.textContent = "The browser doesn’t allow that. The text is selected: copy it from the menu.";
    }
  });
}
