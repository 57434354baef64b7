/** The form of a sentence for a number, by the rules of the language. Both languages of the house know `one` and `other`. */
export const plural = (
  locale: string,
): ((count: number, forms: { readonly one: string; readonly other: string }) => string) => {
  // Made once each, when first needed: that costs a hundred times what using them does.
  let rules: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  return (count, forms) => {
    rules ??= new Intl.PluralRules(locale);
    numbers ??= new Intl.NumberFormat(locale);
    return (rules.select(count) === 'one' ? forms.one : forms.other).replace('#', numbers.format(count));
  };
};
