import Provider from 'oidc-provider';
const disabled = new Set();
const configuration = {
  clients: [{
    client_id: 'kith',
    client_secret: 'a-secret-of-the-client-for-tests',
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    redirect_uris: ['http://127.0.0.1:18201/v1/identity/company/callback'],
    response_types: ['code'],
    backchannel_logout_uri: 'http://127.0.0.1:18201/v1/identity/company/logout',
    backchannel_logout_session_required: true,
  }],
  features: {
    deviceFlow: { enabled: true },
    devInteractions: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  claims: { openid: ['sub', 'sid'], profile: ['name', 'preferred_username'], email: ['email'] },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  conformIdTokenClaims: false,
  issueRefreshToken: async () => true,
  cookies: { keys: ['test'] },
  findAccount: async (ctx, id) => disabled.has(id) ? undefined : ({
    accountId: id,
    claims: async () => ({ sub: id, name: `The user ${id}`, preferred_username: id, email: `${id}@example.org` }),
  }),
};
const provider = new Provider('http://127.0.0.1:18290', configuration);
provider.use(async (ctx, next) => {
  if (ctx.path.startsWith('/test/disable/')) { disabled.add(ctx.path.slice(14)); ctx.body = 'ok'; return; }
  await next();
});
provider.on('server_error', (ctx, e) => console.log('error', e.message));
provider.listen(18290, '127.0.0.1', () => console.log('listening'));
