export const unitName = 'unit'
