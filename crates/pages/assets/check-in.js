/* Saves a check-in as it is written. What could not be sent is kept on this device until it was; the buttons work without this. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  const words = document.getElementById("check-in").dataset;
  const status = document.getElementById("saving");
  const store = "varde-check-in " + location.pathname;

  // The form is gone. What was kept here and not sent by its buttons never reached the service: it is shown once more.
  function left() {
    try {
      const typed = Object.values(JSON.parse(localStorage.getItem(store) || "{}")).map((one) => one.text).filter(Boolean);
      const sent = localStorage.getItem(store + " sent");
      for (const key of [store, store + " sent"]) localStorage.removeItem(key);
      if (sent || !typed.length) return;
      const note = document.createElement("section");
      note.className = "alert";
      for (const text of [words.left, ...typed]) {
        const line = document.createElement("p");
        line.className = "written";
        line.textContent = text;
        note.append(line);
      }
      document.querySelector("h1").after(note);
    } catch { /* Not allowed: then nothing was kept either. */ }
  }

  if (!form) {
    left();
    return;
  }
  if (!window.fetch) return;
  const keys = [...form.querySelectorAll("input[name^='version-']")].map((own) => own.name.slice(8));
  const field = (kind, key) => form.elements.namedItem(kind + "-" + key);
  const rating = (key) => field("rating", key).value || "";
  const dirty = new Set();
  let timer = 0, busy = false;

  const kept = () => {
    try { return JSON.parse(localStorage.getItem(store) || "{}"); } catch { return {}; }
  };
  const keep = () => {
    const typed = {};
    for (const key of dirty) {
      typed[key] = { rating: rating(key), text: field("text", key).value, version: field("version", key).value };
    }
    try {
      if (dirty.size) localStorage.setItem(store, JSON.stringify(typed));
      else localStorage.removeItem(store);
    } catch { /* No room, or not allowed: the form itself still holds it. */ }
  };

  const save = async () => {
    if (busy || !dirty.size) return;
    busy = true;
    const sent = new Map([...dirty].map((key) => [key, rating(key) + "\n" + field("text", key).value]));
    const body = new URLSearchParams({ act: "save" });
    for (const key of sent.keys()) {
      for (const kind of ["text", "version"]) body.set(kind + "-" + key, field(kind, key).value);
      body.set("rating-" + key, rating(key));
    }
    status.textContent = words.saving;
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 409) {
        // Given, closed or handed over meanwhile. What is kept here is shown when the page is fetched anew.
        status.textContent = (await answer.json()).message;
        busy = false;
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      for (const [key, version] of Object.entries(told.saved)) {
        field("version", key).value = version;
        if (rating(key) + "\n" + field("text", key).value === sent.get(key)) dirty.delete(key);
      }
      const overtaken = Object.entries(told.overtaken);
      for (const [key, standing] of overtaken) {
        field("version", key).value = standing.version;
        const own = field("text", key);
        if (standing.text && !own.value.includes(standing.text)) own.value = standing.text + "\n\n" + own.value;
      }
      status.textContent = overtaken.length ? words.elsewhere : words.saved;
      if (dirty.size) later(overtaken.length ? 300 : 1500);
    } catch {
      status.textContent = words.kept;
      later(5000);
    }
    busy = false;
    keep();
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  form.addEventListener("input", (event) => {
    const name = event.target.name || "";
    const key = name.slice(name.indexOf("-") + 1);
    if (!keys.includes(key)) return;
    dirty.add(key);
    keep();
    later(1200);
  });
  window.addEventListener("online", () => later(0));
  // What was typed here and never reached the service stands in the form again.
  for (const [key, typed] of Object.entries(kept())) {
    if (!keys.includes(key)) continue;
    if (typed.text === field("text", key).value && typed.rating === rating(key)) continue;
    field("text", key).value = typed.text;
    field("version", key).value = typed.version;
    if (typed.rating) field("rating", key).value = typed.rating;
    dirty.add(key);
  }
  try { localStorage.removeItem(store + " sent"); } catch { /* As above. */ }
  keep();
  if (dirty.size) later(0);
  // A button sends everything itself. What is kept goes when the page comes back with it.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    try { localStorage.setItem(store + " sent", "yes"); } catch { /* Then nothing is kept either. */ }
  });
})();
