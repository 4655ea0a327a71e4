const PREFIX = 'zhidu.case.'

/** 暂存: a text kept on this machine alone until it is handed in. */
export function useKeptText(key: () => string) {
  return {
    read: (): string => {
      try {
        return localStorage.getItem(`${PREFIX}${key()}`) ?? ''
      } catch {
        return ''
      }
    },
    /** False where a browser keeps nothing. */
    write: (text: string): boolean => {
      try {
        if (text === '') localStorage.removeItem(`${PREFIX}${key()}`)
        else localStorage.setItem(`${PREFIX}${key()}`, text)
        return true
      } catch {
        return false
      }
    },
  }
}
