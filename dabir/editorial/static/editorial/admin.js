// What Wagtail's editor leaves unsaid to people who do not see it: the name of each field for text.
const FIELDS = ".public-DraftEditor-content:not([aria-label])";

function name(field) {
  const section = field.closest("[data-contentpath], .w-panel, .w-field__wrapper");
  const label = section?.querySelector("label, legend, .w-panel__heading, .c-sf-block__type");
  const words = label?.textContent.replace("*", "").trim();
  field.setAttribute("aria-label", words || document.title);
}

const nameAll = () => document.querySelectorAll(FIELDS).forEach(name);

document.addEventListener("DOMContentLoaded", () => {
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
});
