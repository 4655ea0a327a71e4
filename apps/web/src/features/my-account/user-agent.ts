/** Chinese browsers call themselves Chrome too, so they are asked about first. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/QIHU|360SE|360EE/, '360'],
  [/MetaSr/, 'Sogou'],
  [/QQBrowser/, 'QQBrowser'],
  [/UOSBrowser|UBrowser/, 'UOS Browser'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]

function firstOf(names: readonly (readonly [RegExp, string])[], text: string): string | null {
  return names.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** Browser and system as people call them; null where the browser's own description names none. */
export function readUserAgent(text: string): { readonly browser: string | null; readonly system: string | null } {
  return { browser: firstOf(BROWSERS, text), system: firstOf(SYSTEMS, text) }
}
