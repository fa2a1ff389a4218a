import { codeText } from '@yingdeng/contract/code-tables.ts';
import { divisionName } from '@yingdeng/contract/divisions.ts';
import { can } from '@yingdeng/rules/access.ts';
import { commitmentText, currentCommitmentVersion, findCommitment } from '@yingdeng/rules/commitment.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { groupedCaseNumber } from '@yingdeng/rules/numbers.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { longDate, maskTelephone } from '../../platform/words.ts';
import { joinForm, type PaperRecord, type SealedForm } from '../application/index.ts';
import type { CertificateSheet } from './certificate.ts';
import type { FormSheet } from './form.ts';
import { findCertificate, findForm } from './print.sql.ts';

/** A thing to print with what its record of the look names. */
export interface Printable<Sheet> {
  readonly sheet: Sheet;
  readonly tenant: string;
  readonly office: string;
  readonly personId: string;
}

/** Whether this actor may have full numbers on paper: the worker's own, and whoever may see them on the screen. */
export function inFull(actor: Actor, office: string): boolean {
  if (actor.kind === 'worker') return true;
  return can(actor.role, 'person.reveal', { actorRange: { lo: actor.lo, hi: actor.hi }, division: office });
}

/** The form of an application as submitted. @throws AppError request.notFound when it is not in the actor's reach. */
export async function readForm(context: Context, tx: Tx, id: string): Promise<Printable<FormSheet>> {
  const tenant = tenantOfId(id);
  const row = await tx.first(findForm, tenant, id);
  if (!row) throw new AppError('request.notFound');
  const full = inFull(tx.actor, row.office);
  const sealed = context.crypto.open<SealedForm>(row.sealed);
  const form = joinForm(row.form, full ? sealed : masked(sealed));
  const signature = row.signature_sealed ? context.crypto.open<{ path?: string }>(row.signature_sealed) : undefined;
  // The law of the day of submission says which places there were (two under 21号, four under 79号).
  const places = context.reference.policy(row.division, row.submitted_on).registrationPlaces?.value ?? [];
  // A case of the national platform was signed there, under the words of the same form.
  const version = findCommitment(row.commitment_version) ? row.commitment_version : currentCommitmentVersion;
  return {
    sheet: {
      form,
      places,
      number: row.number,
      commitment: commitmentText(version),
      ...(signature?.path ? { signaturePath: signature.path } : {}),
      signedOn: businessDate(row.signed_at),
      unsigned: row.paper_signature
        ? `纸质签名存档\n${row.paper_signature.fileNumber}`
        : signature?.path
          ? '签名见电子档案'
          : '已在全国统一服务平台承诺',
      remarks: [
        ...(row.paper_signature ? [paperRemark(row.paper_signature)] : []),
        ...(full ? [] : ['注：打印人没有查看完整证件号码和联系方式的权限，本表中的这些内容已遮盖。']),
      ],
    },
    tenant,
    office: row.office,
    personId: row.person_id,
  };
}

function paperRemark({ fileNumber, witness, signedOn, sheet }: PaperRecord): string {
  return `签名：本人${longDate(signedOn)}在纸质登记表上签名，纸质签名存档，存档编号${fileNumber}，见证人${witness}，登记表校验码${sheet}。`;
}

function masked(sealed: SealedForm): SealedForm {
  const hide = (text: string | undefined) => (text ? '****' : text);
  return {
    idNumber: maskIdentityNumber(sealed.idNumber),
    documentNumber: maskIdentityNumber(sealed.documentNumber),
    mobile: maskTelephone(sealed.mobile),
    landline: sealed.landline && maskTelephone(sealed.landline),
    email: hide(sealed.email),
    otherContact: hide(sealed.otherContact),
    householdDetail: '****',
    residenceDetail: '****',
  };
}

/** The certificate of a registration. @throws AppError request.notFound when it is not in the actor's reach. */
export async function readCertificate(context: Context, tx: Tx, id: string): Promise<Printable<CertificateSheet>> {
  const tenant = tenantOfId(id);
  const row = await tx.first(findCertificate, tenant, id);
  if (!row) throw new AppError('request.notFound');
  const { idNumber = '' } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
  const office = context.reference.office(row.office);
  return {
    sheet: {
      name: row.name,
      idMasked: maskIdentityNumber(idNumber),
      number: groupedCaseNumber(row.number),
      place: `${divisionName(row.division)}（${codeText('registrationPlace', row.place_kind) ?? row.place_kind}）`,
      registeredOn: longDate(row.registered_on),
      officeName: context.reference.officeName(row.office),
      officeAddress: office?.address ?? '',
      officeTelephone: office?.telephone ?? '',
      ...(row.status === 'exited' && row.exited_on ? { exitedOn: longDate(row.exited_on) } : {}),
      checkCode: row.check_code,
      verifyAt: `${context.config.publicUrl}/verify`,
    },
    tenant,
    office: row.office,
    personId: row.person_id,
  };
}
