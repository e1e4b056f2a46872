// Suggestions while one types in the field of the search: a combobox with a list (WAI-ARIA 1.2, combobox).
// Without this script, or when the server does not answer, the field is that of a plain form.
"use strict";

const WAIT = 150; // milliseconds after the last key
const SHORTEST = 2; // characters, fewer of a number

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function option(suggestion, id, language) {
  const item = element("li", "suggestion");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const line = element("p", "suggested");
  if (suggestion.sdg) {
    line.append(element("span", `chip sdg-${suggestion.sdg}`, suggestion.notation || suggestion.sdg), " ");
  } else if (suggestion.notation && !suggestion.name.startsWith(`${suggestion.notation} `)) {
    line.append(element("bdi", "", suggestion.notation), " ");
  }
  const name = element("bdi", "");
  for (const piece of suggestion.pieces) {
    name.append(piece.fits ? element("mark", "", piece.text) : piece.text);
  }
  line.append(name);
  if (suggestion.language !== language) {
    name.lang = suggestion.language;
    const understood = [suggestion.language, language].every((tag) => tag === "nb" || tag === "nn");
    if (!understood) line.append(" ", element("span", "tag", suggestion.language));
  }
  const about = element("p", "aside", suggestion.kind_name);
  if (suggestion.plan_name) about.append(" · ", element("bdi", "", suggestion.plan_name));
  item.append(line, about);
  return item;
}

class Suggestions {
  constructor(form) {
    this.form = form;
    this.field = form.elements.q;
    this.found = [];
    this.at = -1;
    this.list = element("ul", "suggestions");
    this.list.id = `${this.field.id}-suggestions`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.name);
    this.said = element("p", "unseen");
    this.said.setAttribute("role", "status");
    form.append(this.list, this.said);
    const field = this.field;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    // The field keeps the focus while the list is clicked and scrolled.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.follow([...this.list.children].indexOf(item), event.ctrlKey || event.metaKey);
    });
  }

  get open() {
    return !this.list.hidden;
  }

  later() {
    this.stop();
    this.choose(-1); // what was chosen belongs to what was typed before
    const text = this.field.value.trim();
    if (text.length < SHORTEST && !/\d/.test(text)) this.show([]);
    else this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  stop() {
    clearTimeout(this.timer);
    if (this.asking) this.asking.abort();
  }

  async ask(text) {
    const asking = (this.asking = new AbortController());
    const address = new URL(this.form.dataset.suggestions, location.href);
    address.searchParams.set("q", text);
    if (this.form.elements.lang) address.searchParams.set("lang", this.form.elements.lang.value);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (asking.signal.aborted) return;
      this.show(found);
      if (answer.ok && !this.open) this.said.textContent = this.form.dataset.none;
    } catch {
      if (!asking.signal.aborted) this.show([]); // without suggestions the form works as ever
    }
  }

  show(found) {
    this.found = found;
    const language = document.documentElement.lang;
    this.list.replaceChildren(...found.map((one, at) => option(one, `${this.list.id}-${at}`, language)));
    if (found.length > 0) this.unfold();
    else this.close();
  }

  unfold() {
    const { one, many } = this.form.dataset;
    this.choose(-1);
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.said.textContent = this.found.length > 1 ? many.replace("{count}", this.found.length) : one;
  }

  choose(at) {
    this.at = at;
    for (const [place, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(place === at));
      if (place === at) item.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", this.list.children[at].id);
  }

  close() {
    this.stop();
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.said.textContent = "";
    this.choose(-1);
  }

  follow(at, apart) {
    const { page } = this.found[at];
    this.close();
    if (apart) window.open(page, "_blank", "noopener");
    else location.assign(page);
  }

  key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.open && this.found.length > 0) this.unfold();
      if (!this.open) return this.later();
      // One place more than there are suggestions: in it, none is chosen and the field is as it was typed.
      const places = this.found.length + 1;
      this.choose(((this.at + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && this.open) {
      this.close();
      event.preventDefault(); // else the browser clears the field as well
    } else if (event.key === "Enter" && this.open && this.at >= 0) {
      this.follow(this.at, false);
      event.preventDefault();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key) && this.at >= 0) {
      this.choose(-1); // back to the text
    }
  }
}

for (const form of document.querySelectorAll("form[data-suggestions]")) new Suggestions(form);
