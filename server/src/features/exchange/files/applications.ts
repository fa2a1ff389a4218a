import type { Context } from '../../../context.ts';
import { takeDeliveries } from '../forwarded/download.ts';
import { tenantsOf } from '../places.ts';
import type { Applied } from './apply-receipt.ts';
import type { Manifest } from './manifest.ts';
import { readRows, Unusable } from './receipt-file.ts';

const columns = ['applicationNumber', 'revision', 'submittedAt', 'form'] as const;

/**
 * Takes in the applications that the platform hands over in a file (M79-7a, H122-2c), each as if it had been downloaded: known
 * ones change nothing, and one that cannot be read goes to the list of its office and stops none of the others. @throws Unusable
 */
export async function takeApplications(context: Context, manifest: Manifest, bytes: Buffer): Promise<Applied> {
  const tenant = manifest.division.slice(0, 4);
  if (!tenantsOf(context).includes(tenant)) throw new Unusable('不是给本系统的：申请的登记地不在本系统的范围内');
  const items = readRows(manifest, bytes, columns).map(({ applicationNumber, revision, submittedAt, form }) => ({
    applicationNumber,
    revision: Number(revision),
    submittedAt,
    form: parsed(form),
  }));
  const { taken } = await takeDeliveries(context, tenant, items);
  return taken > 0 ? 'applied' : 'repeated';
}

/** A form that is no JSON is handed on as it is: whoever reads deliveries says what is wrong with it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
