import { inject, type InjectionKey } from 'vue'
import type { Api } from './client.ts'

export const API: InjectionKey<Api> = Symbol('api')

export function useApi(): Api {
  const api = inject(API)
  if (api === undefined) throw new Error('no API client provided')
  return api
}
