package kith.node.feature.push;

import java.net.URI;
import java.util.Optional;

/// An e-mail in plain text.
///
/// @param to a [MailAddress]
/// @param id the same for each attempt, so that mail servers recognise a repetition
/// @param stop the link with which its recipient ends further e-mails
record Mail(String to, String subject, String text, String id, Optional<URI> stop) {}
