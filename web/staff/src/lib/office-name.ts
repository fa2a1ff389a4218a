/** An office's name in a column of names: what all of them share is left out. 「七百间街道第一社区」 */
export const shortOffice = (name: string): string => name.replace(/公共就业服务(中心|站|点)$/, '') || name;
