/** Twentieths of a point. */
export const TWIPS_PER_MM = 1440 / 25.4

export function toTwips(mm: number): number {
  return Math.round(mm * TWIPS_PER_MM)
}

// What XML 1.0 has no spelling for: an unpaired surrogate, and control characters but tab and line ends.
const UNSPEAKABLE =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** As text or in an attribute; what XML cannot hold is left out. */
export function escapeXml(text: string): string {
  return text.replace(UNSPEAKABLE, '').replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const WORD_NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
