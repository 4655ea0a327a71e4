/** The address of a file, with what was asked for; null and the tree of then go without saying. */
export function fileLink(path: string, asked: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(asked)) {
    if (value !== null && !(key === 'tree' && value === 'then')) query.set(key, value)
  }
  return `${path}?${query.toString()}`
}
