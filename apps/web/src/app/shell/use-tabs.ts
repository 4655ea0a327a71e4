import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { closeTab, openTab, type PageTab, parseTabs } from './tab-list.ts'

const STORAGE_KEY = 'zhidu.tabs'
const HOME: PageTab = { path: '/', fullPath: '/', title: null, name: 'overview' }

/** Pages opened in this window, kept until it is closed. The page one starts with always comes first and stays. */
export const useTabs = defineStore('tabs', () => {
  const stored = parseTabs(globalThis.sessionStorage?.getItem(STORAGE_KEY) ?? null).filter((tab) => tab.path !== '/')
  const home = ref<PageTab>(HOME)
  const opened = ref<PageTab[]>([HOME, ...stored])

  watch(opened, (tabs) => globalThis.sessionStorage?.setItem(STORAGE_KEY, JSON.stringify(tabs)), { deep: true })

  function visit(tab: PageTab): void {
    opened.value = openTab(opened.value, tab, home.value.path)
  }

  /** Puts another page first; does nothing when it is there already. */
  function setHome(path: string, name: string): void {
    if (home.value.path === path) return
    const rest = opened.value.filter((tab) => tab.path !== home.value.path && tab.path !== path)
    const known = opened.value.find((tab) => tab.path === path)
    home.value = { path, fullPath: path, title: null, name }
    opened.value = [known ?? home.value, ...rest]
  }

  /** Closes everything: another reader starts anew. */
  function forget(): void {
    opened.value = [home.value]
  }

  function setTitle(path: string, title: string): void {
    opened.value = opened.value.map((tab) => (tab.path === path ? { ...tab, title } : tab))
  }

  /** Returns where to go when the closed tab was the one on screen. */
  function close(path: string): PageTab | null {
    const { tabs, next } = closeTab(opened.value, path, home.value.path)
    opened.value = tabs
    return next
  }

  return {
    tabs: computed(() => opened.value),
    homePath: computed(() => home.value.path),
    visit,
    setHome,
    setTitle,
    close,
    forget,
  }
})
