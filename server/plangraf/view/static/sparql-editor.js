/* Puts an editor in the place of the plain field for queries: colours, completion, a mark where SPARQL is broken off.

   Only the field is replaced. The form asks as before, so that an answer has the same table, chart, downloads, programs
   and address whether it was asked with the editor or without. Whatever the editor could do beyond that is turned off:
   it asks nothing by itself, reads no share link, and stores nothing. */
"use strict";

const LONGEST = 100_000; // characters; the plain field is quicker with a longer query

(() => {
  const field = document.getElementById("query");
  const settings = document.getElementById("editor-settings");
  if (!field || !settings || typeof Yasqe === "undefined" || field.value.length > LONGEST) {
    return; // the plain form stays
  }
  const { prefixes, classes, properties, mistake, told } = JSON.parse(settings.textContent);
  const asked = field.value;
  const form = field.form;
  const label = form.querySelector('label[for="query"]');
  const keys = document.getElementById("editor-keys");
  const status = document.getElementById("editor-status");

  // The editor's own completers ask a host outside, or offer prefixes that we do not use; ours know this release.
  const complete = (name, found) => {
    Yasqe.forkAutocompleter(name, { name, bulk: true, persistenceId: null, get: () => found });
  };
  complete("prefixes", Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`));
  complete("class", classes);
  complete("property", properties);

  const holder = document.createElement("div");
  holder.className = "editor";
  holder.lang = "en"; // the editor's own words are English
  holder.style.minHeight = `${field.offsetHeight}px`; // what stands below does not move
  field.after(holder);

  const ask = () => form.requestSubmit();
  const editor = new Yasqe(holder, {
    value: field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    queryingDisabled: "The form asks.",
    requestConfig: { endpoint: new URL(form.action, location.href).href },
    resizeable: false,
    editorHeight: "auto",
    // Tab goes on to the next control, as everywhere else on the page; a line is indented by Enter or Ctrl+].
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": ask, "Cmd-Enter": ask },
  });

  const input = editor.getInputField();
  input.id = "editor-input";
  label.id = "query-label";
  label.htmlFor = input.id;
  input.setAttribute("role", "textbox");
  input.setAttribute("aria-multiline", "true");
  input.setAttribute("aria-labelledby", label.id);
  input.setAttribute("aria-describedby", keys.id);
  label.addEventListener("click", () => editor.focus()); // on a phone the input is no field that a label could name

  // The same words as in the server's message. The server tells of the query that was asked, and says more of it.
  const describe = (handle) => {
    if (told && editor.getValue() === asked) return told;
    const line = editor.getLineNumber(handle);
    const token = editor.getLineTokens(line, true).find(({ state }) => state.OK === false);
    const start = token?.start ?? 0;
    const [found = ""] = /^(?:[\p{L}\p{N}_]+|\S)/u.exec(handle.text.slice(start)) ?? []; // a token ends within a word
    const values = { line: line + 1, column: start + 1, found };
    return mistake.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  const describeMistake = () => {
    let said = null;
    editor.eachLine((handle) => {
      const icon = handle.gutterMarkers?.gutterErrorBar;
      if (icon) {
        said = describe(handle);
        icon.onmouseover = icon.onmouseout = null; // its own tip has styles that our security policy forbids
        icon.title = said;
        icon.lang = document.documentElement.lang;
      }
    });
    return said;
  };
  let timer = 0;
  const check = () => {
    const said = describeMistake();
    clearTimeout(timer);
    timer = setTimeout(() => { // not at every letter: it is read aloud
      status.textContent = said === told ? "" : said ?? ""; // what the server tells stands on the page already
    }, 800);
  };
  editor.on("changes", () => { // after its own check, which comes with the same event
    field.value = editor.getValue();
    check();
  });
  editor.on("autocompletionShown", (_, { hints }) => {
    hints.setAttribute("aria-labelledby", label.id);
    hints.tabIndex = 0; // what scrolls can be reached
  });
  check();
  form.addEventListener("submit", () => {
    field.value = editor.getValue(); // the browser may have put an older text back
  });

  field.hidden = true;
  field.required = false; // a hidden field that must be filled in cannot tell that it is not
  keys.classList.add("shown");
})();
