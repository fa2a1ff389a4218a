/** Contact data as they stand. */
export interface Current {
  readonly mobile: string;
  readonly landline: string;
  readonly email: string;
  readonly residence: { readonly division: string; readonly detail: string };
  readonly hukou: string;
  readonly veteran: string;
  readonly residenceUrban: string;
}

type Writable = {
  mobile?: string;
  landline?: string;
  email?: string;
  residence?: { division: string; detail: string };
  hukou?: '10' | '20';
  veteran?: 'yes' | 'no';
  residenceUrban?: 'yes' | 'no';
};

/** Only what differs, trimmed: what is left out of a correction stays as it is. */
export function changesOf(current: Current, next: Current): Writable {
  const changes: Writable = {};
  for (const field of ['mobile', 'landline', 'email'] as const)
    if (next[field].trim() !== current[field]) changes[field] = next[field].trim();
  const { division } = next.residence;
  const detail = next.residence.detail.trim();
  if (division !== current.residence.division || detail !== current.residence.detail)
    changes.residence = { division, detail };
  if (next.hukou !== current.hukou) changes.hukou = next.hukou as '10' | '20';
  if (next.veteran !== current.veteran) changes.veteran = next.veteran as 'yes' | 'no';
  // What is said of a new address goes with it, also when it is what the old one was.
  if (next.residenceUrban && (changes.residence || next.residenceUrban !== current.residenceUrban))
    changes.residenceUrban = next.residenceUrban as 'yes' | 'no';
  return changes;
}
