export type Language = 'zh-CN' | 'en'

/** Chinese unless English is asked for: `--lang en` before `ZHIDU_LANG=en`. */
export function chooseLanguage(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const index = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const given = index < 0 ? undefined : args[index]?.startsWith('--lang=') ? args[index].slice(7) : args[index + 1]
  return /^en/i.test(given ?? env['ZHIDU_LANG'] ?? '') ? 'en' : 'zh-CN'
}
