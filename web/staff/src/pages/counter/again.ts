import { useMutation } from '@tanstack/react-query';
import { type FormAgain, type KnownFrom, offeredAgain } from '@yingdeng/rules/form-again.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { useEffect, useState } from 'react';
import { type Form, withAgain } from './form-state.ts';
import { educations, healths } from './parts.tsx';

/** Where an answer comes from that was filled in beforehand, for the clerk. */
export const fromText = (from: KnownFrom | undefined, on: string): string | undefined =>
  from === 'file' ? '登记后更正过的' : from && `${on}的登记表`;

/** An earlier form as this page shows it: the codes it offers, three lines of skills and two of wishes. */
function offeredHere(before: FormAgain): FormAgain {
  const offered = offeredAgain(before, {
    education: educations.map(([code]) => code),
    health: healths.map(([code]) => code),
  });
  const lines = (list: readonly string[] | undefined, count: number) =>
    list && Array.from({ length: count }, (_, index) => list[index] ?? '');
  const form = {
    ...offered.form,
    qualifications: lines(offered.form.qualifications, 3),
    wishes: lines(offered.form.wishes, 2),
  };
  return { ...offered, form: Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)) };
}

/**
 * Fills the form from an earlier one of the same person, at the clerk's word, or at once for who comes from the case page to register again after a
 * public-welfare post (reason 10, AJC093 40). What is typed already stays. Numbers are read from the document.
 */
export function useFormAgain(setForm: (change: (form: Form) => Form) => void, comesFrom: string) {
  const [again, setAgain] = useState<FormAgain>();
  const filling = useMutation({
    mutationFn: (id: string) => call('fillFormAgain', { params: { id } }),
    onSuccess: ({ name, before }) => {
      const offered = offeredHere(before);
      setAgain(offered);
      setForm((form) => withAgain(form, name, offered));
    },
  });
  const { mutate } = filling;
  useEffect(() => {
    if (comesFrom === '') return;
    setForm((form) => ({ ...form, reason: '10' }));
    mutate(comesFrom);
  }, [comesFrom, mutate, setForm]);
  return { again, fill: mutate, filling, forget: () => setAgain(undefined) };
}
