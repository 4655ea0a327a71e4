import { delimiter, dirname } from 'node:path'

/** npm's settings that say how to reach a registry; every other one concerns the outer npm call alone. */
const NETWORK_SETTING =
  /^npm_config_(registry|cafile|ca|cert|key|proxy|https?_proxy|noproxy|strict_ssl|local_address|@.*|\/\/.*)$/i
const NPM_PLACE = /^npm_config_(userconfig|globalconfig|cache)$/i
const PNPM_SETTING = /^npm_config_(registry|cafile|proxy|https?_proxy|noproxy|strict_ssl)$/i

/** @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv} without what npm tells the scripts it runs */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(p?npm_|INIT_CWD$)/i.test(name)))
}

/**
 * For the inner npm: only the settings of the user that name a registry and the way to it.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(env) {
  const kept = Object.entries(env).filter(
    ([name, value]) => value !== '' && (NETWORK_SETTING.test(name) || NPM_PLACE.test(name)),
  )
  return { ...withoutNpm(env), ...Object.fromEntries(kept) }
}

/**
 * For the tools and the product: the toolchain's Node first on PATH, nothing of npm's, and no program that reports home.
 * pnpm reads `~/.npmrc` itself, but of the environment only its own names.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ node: string, pnpm: string }} toolchain
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment(env, { node, pnpm }) {
  const clean = withoutNpm(env)
  const pathName = Object.keys(clean).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  /** @type {NodeJS.ProcessEnv} */
  const forPnpm = {
    pnpm_config_confirm_modules_purge: 'false',
    pnpm_config_fetch_retry_mintimeout: '1000',
    // We know when to install; a script that runs offline must not try.
    pnpm_config_verify_deps_before_run: 'false',
  }
  for (const [name, value] of Object.entries(env)) {
    if (value && PNPM_SETTING.test(name)) forPnpm[name.toLowerCase().replace('npm_config_', 'pnpm_config_')] = value
    if (/^pnpm_config_/i.test(name)) forPnpm[name] = value
  }
  return {
    ...clean,
    ...forPnpm,
    [pathName]: [dirname(node), dirname(pnpm), clean[pathName]].filter(Boolean).join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    COREPACK_ENABLE_PROJECT_SPEC: '0',
    COREPACK_ENABLE_STRICT: '0',
  }
}
