import { type MaybeRefOrGetter, onScopeDispose, toValue, watchEffect } from 'vue'

/**
 * Rules that are known at run time only, for as long as the scope lives. The policy of the pages lets no style element be
 * written; a sheet made by a script of ours is no element.
 */
export function useStyleSheet(css: MaybeRefOrGetter<string>): void {
  const sheet = new CSSStyleSheet()
  watchEffect(() => sheet.replaceSync(toValue(css)))
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  onScopeDispose(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  })
}
