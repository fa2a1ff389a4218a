-- A guaranteed start-up loan (创业担保贷款, A21-4e) is a support policy that is asked for with an amount, a time and a purpose.
alter table policy_application add column terms jsonb;
comment on column policy_application.terms is 'Of a guaranteed loan: {yuan, years, purpose} as the person asks for it. What is lent is said by the bank, in result.';
