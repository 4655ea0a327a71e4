import { describe, expect, it } from 'vitest'
import { FEED_LIMITS, readFeed } from './read-feed.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => readFeed(bytes(text), () => Promise.resolve())

const RSS = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>晚报</title>
<item><title>青石镇起火</title><link>https://news.example/1</link><guid>g1</guid><pubDate>Mon, 17 Aug 2026 06:30:00 GMT</pubDate>
<description><![CDATA[<p>浓烟 <b>较大</b>&nbsp;</p><script>alert(1)</script>]]></description></item>
<item><title>无链接</title></item></channel></rss>`
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>发布</title><entry><id>urn:1</id><title>积水</title>
<link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/><updated>2026-08-17T14:30:00+08:00</updated>
<content type="html">&lt;p&gt;东浦街道积水&lt;/p&gt;</content></entry></feed>`

describe('a feed', () => {
  it('of RSS is read with what each item says, as text', async () => {
    const outcome = await read(RSS)
    expect(outcome).toMatchObject({ kind: 'read', feed: { kind: 'rss', title: '晚报' } })
    const [first, second] = outcome.kind === 'read' ? outcome.feed.items : []
    expect(first).toEqual({
      guid: 'g1',
      link: 'https://news.example/1',
      title: '青石镇起火',
      text: '浓烟 较大 alert(1)',
      publishedAt: Date.parse('2026-08-17T14:30:00+08:00'),
    })
    expect(second).toMatchObject({ guid: null, link: null, text: '', publishedAt: null })
  })

  it('of Atom is read as well, the link that leads to the page', async () => {
    const outcome = await read(ATOM)
    expect(outcome.kind === 'read' ? outcome.feed.items : []).toEqual([
      {
        guid: 'urn:1',
        link: 'https://a.example/1',
        title: '积水',
        text: '东浦街道积水',
        publishedAt: Date.parse('2026-08-17T14:30:00+08:00'),
      },
    ])
  })

  it('in GB18030 is read, declared or not', async () => {
    // 青石 in GB18030.
    const [before, name, after] = ['<rss><channel><title>', [0xc7, 0xe0, 0xca, 0xaf], '</title></channel></rss>']
    const plain = Uint8Array.from([...bytes(before), ...name, ...bytes(after)])
    const declared = Uint8Array.from([...bytes('<?xml version="1.0" encoding="GB2312"?>'), ...plain])
    for (const file of [plain, declared]) {
      expect(await readFeed(file, () => Promise.resolve())).toMatchObject({ feed: { title: '青石' } })
    }
  })

  it.each([
    ['not_xml', '<rss><channel></rss>'],
    ['not_xml', 'no marks at all'],
    ['not_feed', '<html><body/></html>'],
    ['has_doctype', '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'],
    [
      'has_doctype',
      '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    ],
    ['not_feed', `<rss>${'<a>'.repeat(FEED_LIMITS.depth + 1)}`],
  ])('is refused as %s: %s', async (why, text) => {
    expect(await read(text)).toEqual({ kind: 'bad', why })
  })

  it('of ten thousand items is read in pieces, and one of too many or too much is refused', async () => {
    const item = '<item><title>积水</title><description>东浦街道积水，车辆缓行</description></item>'
    const seen: number[] = []
    const many = `<rss><channel>${item.repeat(10_000)}</channel></rss>`
    const outcome = await readFeed(bytes(many), (done) => {
      seen.push(done)
      return Promise.resolve()
    })
    expect(outcome.kind === 'read' ? outcome.feed.items.length : 0).toBe(10_000)
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.at(-1)).toBe(1)
    const tooMany = `<rss><channel>${'<item/>'.repeat(FEED_LIMITS.items + 1)}</channel></rss>`
    expect(await read(tooMany)).toEqual({ kind: 'bad', why: 'too_many' })
    expect(await readFeed(new Uint8Array(FEED_LIMITS.bytes + 1), () => Promise.resolve())).toEqual({
      kind: 'bad',
      why: 'too_large',
    })
  })
})
