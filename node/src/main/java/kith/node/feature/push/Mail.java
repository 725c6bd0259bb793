package kith.node.feature.push;

import java.net.URI;
import java.util.Optional;

/// An e-mail in plain text.
///
/// @param to a [MailAddress]
/// @param id the same for each attempt, so that mail servers know a repetition
/// @param stop where its recipient ends further ones
record Mail(String to, String subject, String text, String id, Optional<URI> stop) {}
