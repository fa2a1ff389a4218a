/**
 * Why a message did not reach the telephone, in the words of the gateway's report. `again`: the same message may be tried again later; `number`: the
 * number itself is in doubt, which is said on the case.
 */
export const deliveryFailures = {
  emptyNumber: { text: '号码不存在', again: false, number: true },
  suspended: { text: '号码已停机', again: false, number: true },
  poweredOff: { text: '手机关机或不在服务区', again: true, number: false },
  blocked: { text: '被手机拦截', again: false, number: false },
  other: { text: '没有送达', again: true, number: false },
} as const;
export type DeliveryFailure = keyof typeof deliveryFailures;

/** The failure a gateway names, `other` where it names one nobody knows. */
export function failureOf(reason: string | undefined): DeliveryFailure {
  return reason !== undefined && Object.hasOwn(deliveryFailures, reason) ? (reason as DeliveryFailure) : 'other';
}

/** How a message stands, in words: for the case page and for the person. */
export function deliveryText(message: { state: string; failure?: string | null | undefined }): string {
  switch (message.state) {
    case 'waiting':
      return message.failure ? `${deliveryFailures[failureOf(message.failure)].text}，稍后再发` : '等待发送';
    case 'sent':
      return '已发出短信';
    case 'delivered':
      return '短信已送达';
    case 'failed':
      return message.failure ? `短信没有送达：${deliveryFailures[failureOf(message.failure)].text}` : '短信没有发出';
    default:
      return '放在网上服务大厅';
  }
}

/** What is known of a telephone number: when it was found wrong, by which sign; when it was right, or was changed. */
export interface NumberSigns {
  readonly wrong: readonly { readonly at: Date; readonly why: string }[];
  readonly right: readonly Date[];
}

/** The latest sign that the number is wrong, unless a later one says that it is right, or it was changed since (A21-5a). */
export function numberInDoubt({ wrong, right }: NumberSigns): { at: Date; why: string } | undefined {
  const latest = wrong.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
  if (!latest || right.some((at) => at >= latest.at)) return undefined;
  return latest;
}
