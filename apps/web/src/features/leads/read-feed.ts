import { SaxesParser, type SaxesTagPlain } from 'saxes'

/** An item of an RSS 2.0 or Atom feed, its text without marks. */
export interface FeedItem {
  readonly guid: string | null
  readonly link: string | null
  readonly title: string
  readonly text: string
  /** Epoch ms; null = it does not say, or not so that it can be read. */
  readonly publishedAt: number | null
}

export interface Feed {
  readonly kind: 'rss' | 'atom'
  readonly title: string | null
  readonly items: readonly FeedItem[]
}

export type FeedProblem = 'too_large' | 'not_xml' | 'not_feed' | 'has_doctype' | 'too_many'
export type FeedOutcome =
  | { readonly kind: 'read'; readonly feed: Feed }
  | { readonly kind: 'bad'; readonly why: FeedProblem }

export const FEED_LIMITS = { bytes: 40_000_000, items: 20_000, letters: 4_000, depth: 100 } as const

const DECLARED = /^[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/
const CHINESE = /^(gb2312|gbk|gb18030|x-gbk)$/i

/** By its declaration; without one UTF-8, and where that does not fit GB18030, as old Chinese sites send it. */
export function decodeFeed(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 240))
  const declared = DECLARED.exec(head)?.[1] ?? ''
  if (CHINESE.test(declared)) return new TextDecoder('gb18030').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const TAGS = /<[^>]{0,2000}>/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** The text of what a feed has as HTML; it is shown as text and never as marks. */
export function toPlainText(html: string): string {
  return html
    .replace(TAGS, ' ')
    .replace(/&([a-z]{2,6});/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
}

const DAY = /^(?:\w{3},\s*)?\d{1,2}\s+\w{3}\s+\d{4}|^\d{4}-\d{2}-\d{2}/
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC?|[A-Z]{3})\s*$/

function toInstant(text: string): number | null {
  const said = text.trim()
  if (!DAY.test(said)) return null
  // A time without a zone is local.
  const at = Date.parse(HAS_ZONE.test(said) ? said : `${said.replace(' ', 'T')}+08:00`)
  return Number.isFinite(at) ? at : null
}

class FeedStopped extends Error {
  readonly why: FeedProblem
  constructor(why: FeedProblem) {
    super(why)
    this.why = why
  }
}

interface Open {
  readonly texts: Map<string, string>
  link: string | null
}

const TEXTS: Readonly<Record<string, string>> = {
  title: 'title',
  description: 'text',
  summary: 'text',
  'content:encoded': 'content',
  content: 'content',
  guid: 'guid',
  id: 'guid',
  link: 'link',
  pubDate: 'at',
  published: 'at',
  updated: 'updated',
  'dc:date': 'at',
}

function toItem({ link, texts }: Open): FeedItem {
  const of = (name: string): string => toPlainText(texts.get(name) ?? '')
  const at = texts.get('at') ?? texts.get('updated') ?? ''
  const address = link ?? of('link')
  return {
    guid: of('guid').slice(0, 500) || null,
    link: address.slice(0, 1_000) || null,
    title: of('title').slice(0, 300),
    text: (of('text') || of('content')).slice(0, FEED_LIMITS.letters),
    publishedAt: toInstant(at),
  }
}

/** What the parser sees of a feed, as it comes. Entities that a document declares itself are never looked at: a doctype stops it. */
class FeedReader {
  readonly items: FeedItem[] = []
  kind: Feed['kind'] | null = null
  title: string | null = null
  #open: Open | null = null
  #path: string[] = []
  #text = ''

  start(tag: SaxesTagPlain): void {
    if (this.#path.length === 0) {
      if (tag.name !== 'rss' && tag.name !== 'feed') throw new FeedStopped('not_feed')
      this.kind = tag.name === 'rss' ? 'rss' : 'atom'
    }
    this.#path.push(tag.name)
    if (this.#path.length > FEED_LIMITS.depth) throw new FeedStopped('not_feed')
    if (tag.name === 'item' || tag.name === 'entry') this.#open = { texts: new Map(), link: null }
    const { href, rel } = tag.attributes
    if (
      tag.name === 'link' &&
      this.#open !== null &&
      href !== undefined &&
      (rel === undefined || rel === 'alternate')
    ) {
      this.#open.link = href
    }
    this.#text = ''
  }

  take(text: string): void {
    if (this.#text.length < FEED_LIMITS.letters * 4) this.#text += text
  }

  end(name: string): void {
    this.#path.pop()
    const parent = this.#path.at(-1)
    const open = this.#open
    const key = TEXTS[name]
    if (open !== null && (name === 'item' || name === 'entry')) {
      this.items.push(toItem(open))
      this.#open = null
      if (this.items.length > FEED_LIMITS.items) throw new FeedStopped('too_many')
    } else if (open !== null && key !== undefined && (parent === 'item' || parent === 'entry')) {
      if (!open.texts.has(key)) open.texts.set(key, this.#text)
    } else if (name === 'title' && open === null && this.title === null) {
      this.title = toPlainText(this.#text).slice(0, 300) || null
    }
    this.#text = ''
  }
}

const CHUNK = 200_000

/**
 * Reads an RSS 2.0 or Atom feed; `pause` is waited for between pieces and told how much is done (0..1), so that a page stays alive.
 * Nothing outside of the file is ever asked for.
 */
export async function readFeed(bytes: Uint8Array, pause: (done: number) => Promise<void>): Promise<FeedOutcome> {
  if (bytes.length > FEED_LIMITS.bytes) return { kind: 'bad', why: 'too_large' }
  const text = decodeFeed(bytes).replace(/^\uFEFF/, '')
  const reader = new FeedReader()
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('doctype', () => {
    throw new FeedStopped('has_doctype')
  })
  parser.on('opentag', (tag) => reader.start(tag))
  parser.on('text', (part) => reader.take(part))
  parser.on('cdata', (part) => reader.take(part))
  parser.on('closetag', ({ name }) => reader.end(name))
  parser.on('error', () => {
    throw new FeedStopped('not_xml')
  })
  try {
    for (let at = 0; at < text.length; at += CHUNK) {
      parser.write(text.slice(at, at + CHUNK))
      await pause(Math.min(1, (at + CHUNK) / text.length))
    }
    parser.close()
  } catch (error) {
    if (error instanceof FeedStopped) return { kind: 'bad', why: error.why }
    throw error
  }
  if (reader.kind === null) return { kind: 'bad', why: 'not_feed' }
  return { kind: 'read', feed: { kind: reader.kind, title: reader.title, items: reader.items } }
}
