import type { EngineStep } from '@zhidu/db'
import type { Language } from './language.ts'

export const ENGINE_STEP_WORDS: Readonly<Record<Language, Readonly<Record<EngineStep, string>>>> = {
  'zh-CN': {
    copy_binaries: '正在复制内置 PostgreSQL',
    create_data: '正在建立数据目录',
    start: '正在启动内置 PostgreSQL',
    wait_for_other: '正在等另一个进程让出数据目录',
    stop: '正在停止内置 PostgreSQL',
  },
  en: {
    copy_binaries: 'Copying the embedded PostgreSQL',
    create_data: 'Creating the data folder',
    start: 'Starting the embedded PostgreSQL',
    wait_for_other: 'Waiting for another process to leave the data folder',
    stop: 'Stopping the embedded PostgreSQL',
  },
}

export function secondsPassed(language: Language, text: string, seconds: number): string {
  return language === 'en' ? `${text}, ${seconds} s` : `${text}，已 ${seconds} 秒`
}
