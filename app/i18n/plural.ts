/** The form of a sentence for a number, by the rules of the language. Both languages of the house know `one` and `other`. */
export const plural =
  (locale: string) =>
  (count: number, forms: { readonly one: string; readonly other: string }): string => {
    const form = new Intl.PluralRules(locale).select(count) === 'one' ? forms.one : forms.other;
    return form.replace('#', new Intl.NumberFormat(locale).format(count));
  };
