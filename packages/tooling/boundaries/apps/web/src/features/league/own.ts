export const own = 'own'
