export { createSealer, deriveKey, type Sealer } from './key/seal.ts'
export {
  createOidcClient,
  type OidcClaims,
  type OidcClient,
  type OidcConfig,
  OidcError,
  type OidcFlow,
} from './oidc/oidc-client.ts'
export { checkPassword, listWeaknesses, type PasswordOwner, type PasswordReason } from './password/check-password.ts'
export { derivePassword, makePassword } from './password/make-password.ts'
export { hashPassword, isStaleHash, verifyPassword } from './password/password-hash.ts'
export {
  isPasswordExpired,
  PASSWORD_POLICIES,
  PASSWORD_PROFILES,
  type PasswordPolicy,
  type PasswordProfile,
  toPasswordPolicy,
} from './password/password-policy.ts'
export { hashToken, makeToken } from './token/token.ts'
export { toBase32 } from './totp/base32.ts'
export { findTotpStep, makeTotpSecret, totpCode, totpStep, toTotpUri } from './totp/totp.ts'
