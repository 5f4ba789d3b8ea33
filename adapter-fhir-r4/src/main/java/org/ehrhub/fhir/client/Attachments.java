package org.ehrhub.fhir.client;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;

/**
 * The documents that records point at (FHIR R4, 2.24.0.15). Where they lie is the EHR's word, or that of whoever wrote the
 * record, so only two kinds of place are gone to: the server's own address, with the login, and the hosts that the
 * settings name, over TLS and without it. At the server's own address lies everything else as well, of every patient: what
 * is not a document is not gone to, and not given when it comes all the same.
 */
final class Attachments {
    private static final String ANY = "*/*";
    private static final Pattern BINARY =
            Pattern.compile("/Binary/[A-Za-z0-9.-]{1,64}(/_history/[A-Za-z0-9.-]{1,64})?");
    private static final Pattern OPERATION = Pattern.compile("\\$|%24");

    private final FhirExchange exchange;
    private final URI base;
    private final List<String> hosts;
    private final boolean plain;

    Attachments(FhirExchange exchange, URI base, FhirR4Config config) {
        this.exchange = exchange;
        this.base = base;
        this.hosts = config.attachmentHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        this.plain = config.isPlainLoopback();
    }

    /**
     * The document at an address, absolute or relative to the base URL.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when the hub does not go there, or the document has more bytes
     */
    Content fetch(URI address, int maxBytes, CallContext call) {
        var url = URI.create(base + "/").resolve(address);
        if (url.isOpaque() || url.getHost() == null || url.getRawUserInfo() != null || url.getRawPath() == null) {
            throw elsewhere();
        }
        var request = PlainRequest.get(Interaction.ATTACHMENT, withoutFragment(url), ANY);
        if (NextLink.sameOrigin(url, base)) {
            return own(url, exchange.ask(checked(request, url), Content.mostWrapped(maxBytes), call))
                    .atMost(maxBytes);
        }
        if (!isListed(url)) {
            throw elsewhere();
        }
        return exchange.askWithoutLogin(request, maxBytes, call);
    }

    private PlainRequest checked(PlainRequest request, URI url) {
        var path = url.getRawPath();
        boolean safe = NextLink.isSafe(path) && !OPERATION.matcher(path).find();
        if (!safe || (isUnderBase(path) && !isBinary(path))) {
            throw noDocument();
        }
        return request;
    }

    private Content own(URI url, Content content) {
        if (!isBinary(url.getRawPath()) && content.isResource()) {
            throw noDocument();
        }
        return content.unwrapped();
    }

    private boolean isUnderBase(String path) {
        return path.equals(base.getRawPath()) || path.startsWith(base.getRawPath() + "/");
    }

    private boolean isBinary(String path) {
        return isUnderBase(path)
                && BINARY.matcher(path.substring(base.getRawPath().length())).matches();
    }

    private boolean isListed(URI url) {
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        var host = url.getHost().toLowerCase(Locale.ROOT);
        return (scheme.equals("https") || (plain && scheme.equals("http")))
                && hosts.contains(url.getPort() < 0 ? host : host + ":" + url.getPort());
    }

    private static String withoutFragment(URI url) {
        return url.toString().split("#", 2)[0];
    }

    private static EhrFailure noDocument() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "What the record points at is not a document.",
                "Look at this record in the EHR itself.");
    }

    private static EhrFailure elsewhere() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The document lies on another server, which the hub does not fetch from.",
                "Open it in the EHR, or ask the hub's operator to name its host in `attachment-hosts`.");
    }
}
