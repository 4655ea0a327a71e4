const MOBILE = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g
const IDENTITY = /(?<!\d)(\d{4})\d{10}(\d{3}[\dXx])(?!\d)/g
const LANDLINE = /(?<!\d)(0\d{2,3}[- ]?)\d{4,5}(\d{3})(?!\d)/g

/** 张三 → 张*, 欧阳某某 → 欧***; one character stays as it is. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name]
  return `${first}${'*'.repeat(Math.min(rest.length, 3))}`
}

/** Telephone and identity numbers inside a text: 13800001234 → 138****1234. */
export function maskNumbers(text: string): string {
  return text.replace(IDENTITY, '$1**********$2').replace(MOBILE, '$1****$2').replace(LANDLINE, '$1****$2')
}

/** A phone by itself, also a foreign or an internal one: the last four digits stay, of a short one the last two. */
export function maskPhone(phone: string): string {
  const kept = phone.length > 7 ? 4 : 2
  const shown = phone.startsWith('1') && phone.length === 11 ? 3 : 0
  return `${phone.slice(0, shown)}****${phone.slice(-kept)}`
}
