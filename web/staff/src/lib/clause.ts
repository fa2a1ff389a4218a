const documents: Readonly<Record<string, string>> = {
  A21: '鞍人社〔2020〕21号',
  M79: '人社厅发〔2020〕79号',
  M79X: '人社厅发〔2020〕79号 附件',
  H122: '豫人社办函〔2020〕122号',
  J44: '焦人社函〔2020〕44号',
};

/** A clause id as people know it: 「人社厅发〔2020〕79号（M79-3a）」. Text that is no id stays as it is. */
export function clauseText(clause: string): string {
  return clause.replace(/\b(M79X|M79|A21|H122|J44)-[0-9]+[a-z]?\b/g, (id, prefix: string) => {
    const name = documents[prefix];
    return name ? `${name}（${id}）` : id;
  });
}
