import type { Context } from 'hono'
import { languageOf } from '../language.ts'

const WORDS = {
  'zh-CN': {
    title: '请先登录 · 值督',
    heading: '请先登录，再下载',
    text: '这次登录已经结束，或者您还没有登录，文件没有下载。登录后请回到原来的页面，重新点下载。',
    link: '登录',
  },
  en: {
    title: 'Please sign in · Zhidu',
    heading: 'Sign in to download',
    text: 'Your session has ended, or you have not signed in yet; nothing was downloaded. Sign in, go back to the page you came from, and download again.',
    link: 'Sign in',
  },
} as const

/** True for a request whose answer a person will read in a window, and no program or page. */
function isForEyes(c: Context): boolean {
  return c.req.path.startsWith('/files/') && (c.req.header('accept') ?? '').includes('text/html')
}

/** Words in place of a bare refusal, where somebody opened the address of a file without being signed in; null = nobody did. */
export function signInPage(c: Context): string | null {
  if (!isForEyes(c)) return null
  const language = languageOf(c)
  const { heading, link, text, title } = WORDS[language]
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${heading}</h1><p>${text}</p><p><a href="/sign-in">${link}</a></p></main></body>
</html>
`
}
