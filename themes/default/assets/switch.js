// A switch between light and dark colours and those of the device, at the foot of every page. scheme.js remembers it.
"use strict";
{
  const KEY = "caseloom-scheme";
  const root = document.documentElement;
  const slot = document.getElementById("scheme");
  const choices = [["auto", "As on this device"], ["light", "Light"], ["dark", "Dark"]];

  const buttons = choices.map(([scheme, words]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    button.textContent = words;
    button.addEventListener("click", () => {
      show(scheme);
      remember(scheme);
    });
    return button;
  });

  function show(scheme) {
    if (scheme === "auto") {
      delete root.dataset.scheme;
    } else {
      root.dataset.scheme = scheme;
    }
    for (const [at, [choice]] of choices.entries()) {
      buttons[at].setAttribute("aria-pressed", String(choice === scheme));
    }
  }

  function remember(scheme) {
    try {
      if (scheme === "auto") {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, scheme);
      }
    } catch {
      // Nothing may be stored here: the choice holds for this page.
    }
  }

  // Pages that are open beside this one follow. One listener, however often this begins anew.
  globalThis.onstorage = ({ key, newValue }) => {
    if (key === KEY || key === null) {
      show(newValue === "light" || newValue === "dark" ? newValue : "auto");
    }
  };

  if (slot) {
    slot.setAttribute("role", "group");
    slot.setAttribute("aria-label", "Colours");
    slot.append("Colours", ...buttons);
    show(root.dataset.scheme ?? "auto");
  }
}
