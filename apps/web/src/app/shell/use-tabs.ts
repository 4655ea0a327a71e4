import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { closeTab, openTab, type PageTab, parseTabs } from './tab-list.ts'

const STORAGE_KEY = 'zhidu.tabs'
const HOME: PageTab = { path: '/', fullPath: '/', title: null, name: 'overview' }

/** Pages opened in this window, kept until it is closed. The overview always comes first and stays. */
export const useTabs = defineStore('tabs', () => {
  const stored = parseTabs(globalThis.sessionStorage?.getItem(STORAGE_KEY) ?? null).filter((tab) => tab.path !== '/')
  const opened = ref<PageTab[]>([HOME, ...stored])

  watch(opened, (tabs) => globalThis.sessionStorage?.setItem(STORAGE_KEY, JSON.stringify(tabs)), { deep: true })

  function visit(tab: PageTab): void {
    opened.value = openTab(opened.value, tab)
  }

  function setTitle(path: string, title: string): void {
    opened.value = opened.value.map((tab) => (tab.path === path ? { ...tab, title } : tab))
  }

  /** Returns where to go when the closed tab was the one on screen. */
  function close(path: string): PageTab | null {
    const { tabs, next } = closeTab(opened.value, path)
    opened.value = tabs
    return next
  }

  return { tabs: computed(() => opened.value), visit, setTitle, close }
})
