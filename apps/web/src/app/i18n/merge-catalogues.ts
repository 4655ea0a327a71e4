export interface Catalogue {
  readonly [key: string]: string | Catalogue
}

/** Puts the catalogues of all folders side by side. Throws RangeError when two of them own the same first key. */
export function mergeCatalogues(files: Readonly<Record<string, Catalogue>>): Catalogue {
  const merged: Record<string, string | Catalogue> = {}
  for (const [path, catalogue] of Object.entries(files)) {
    for (const [key, messages] of Object.entries(catalogue)) {
      if (Object.hasOwn(merged, key)) throw new RangeError(`${path}: “${key}” belongs to another catalogue`)
      merged[key] = messages
    }
  }
  return merged
}
