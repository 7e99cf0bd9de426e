// The colours that the reader chose, set before anything is drawn. switch.js lets them choose.
try {
  const scheme = localStorage.getItem("caseloom-scheme");
  if (scheme === "light" || scheme === "dark") {
    document.documentElement.dataset.scheme = scheme;
  }
} catch {
  // Nothing may be stored here: the colours of the device stay.
}
