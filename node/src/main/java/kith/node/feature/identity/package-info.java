/// Signing in with an identity provider (OpenID Connect): browsers by the code flow with PKCE,
/// terminals by device authorization (RFC 8628). The node talks to the provider; clients get none
/// of its secrets.
@NullMarked
package kith.node.feature.identity;

import org.jspecify.annotations.NullMarked;
