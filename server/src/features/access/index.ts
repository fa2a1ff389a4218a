export { registerIdentityProvider } from './identity-provider.ts';
export { hashPassword } from './password.ts';
export { accessHandlers } from './routes.ts';
