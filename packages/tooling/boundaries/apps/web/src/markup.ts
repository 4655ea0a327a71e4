export function show(element: HTMLElement, text: string) {
  element.textContent = text
  element.innerHTML = text // breaks: oxlint/no-text-as-code
  element['outerHTML'] = text // breaks: oxlint/no-text-as-code
  element.insertAdjacentHTML('beforeend', text) // breaks: oxlint/no-text-as-code
  document.write(text) // breaks: oxlint/no-text-as-code
  setTimeout('go()', 1) // breaks: oxlint/no-text-as-code
  window.setTimeout(`go(${text})`, 1) // breaks: oxlint/no-text-as-code
  setTimeout(() => show(element, text), 1)
  return [eval(text), new Function(text), globalThis.eval(text)] // breaks: oxlint/no-text-as-code
}
