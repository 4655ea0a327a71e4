/** A method by name and version: the version once, also where the name has it already. */
export function rulesName({ title, version }: { readonly title: string; readonly version: string }): string {
  return title.includes(version) ? title : `${title} ${version}`
}
