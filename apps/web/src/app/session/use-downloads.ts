import { onBeforeUnmount, onMounted } from 'vue'
import { useSession } from './use-session.ts'

/** The link that a plain click on it, or on something inside it, would download; null = none. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!isPlain || event.defaultPrevented || !(event.target instanceof Element)) return null
  return event.target.closest<HTMLAnchorElement>('a[download][href]')
}

/**
 * Asks whether the reader is still signed in before a file is fetched: the browser itself could only say that the download
 * failed. Whoever is not is asked to sign in, with the page kept; a click in another window meets the server's own words.
 */
export function useDownloads(): void {
  const { keeper } = useSession()
  const passed = new WeakSet<Event>()

  async function follow(link: HTMLAnchorElement): Promise<void> {
    // Whether the server cannot be reached the download itself will tell.
    const state = await keeper.refresh().catch(() => null)
    if (state !== null && state.account === null) return
    const again = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true })
    passed.add(again)
    link.dispatchEvent(again)
  }

  function onClick(event: MouseEvent): void {
    const link = passed.has(event) ? null : linkOf(event)
    if (link === null) return
    event.preventDefault()
    void follow(link)
  }

  onMounted(() => document.addEventListener('click', onClick))
  onBeforeUnmount(() => document.removeEventListener('click', onClick))
}
