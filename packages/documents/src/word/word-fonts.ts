import type { WordFont } from './word-model.ts'
import { WORD_NAMESPACES, XML_HEAD } from './word-xml.ts'

/**
 * The faces that the standard for official documents (GB/T 9704-2012) asks for, by name: they are the office's own and are never
 * embedded. `others`: what Word, WPS and LibreOffice may take instead, the nearest first.
 */
const FONTS: Readonly<Record<WordFont, { readonly name: string; readonly others: string; readonly family: string }>> = {
  title: { name: '方正小标宋简体', others: '方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,宋体', family: 'auto' },
  body: { name: '仿宋_GB2312', others: 'FangSong_GB2312,仿宋,FangSong,华文仿宋', family: 'modern' },
  heading: { name: '黑体', others: 'SimHei,华文黑体,Noto Sans CJK SC', family: 'modern' },
  kai: { name: '楷体_GB2312', others: 'KaiTi_GB2312,楷体,KaiTi,华文楷体', family: 'modern' },
  song: { name: '宋体', others: 'SimSun,华文宋体,Noto Serif CJK SC', family: 'auto' },
}

export function toFontXml(font: WordFont): string {
  const { name } = FONTS[font]
  return `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>`
}

export function toFontTable(): string {
  const fonts = Object.values(FONTS).map(
    ({ family, name, others }) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`,
  )
  return `${XML_HEAD}<w:fonts ${WORD_NAMESPACES}>${fonts.join('')}</w:fonts>`
}
