// Start the design system's components; a browser without modules keeps the plain page.
import {
  createAll, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink, Tabs
} from '../vendor/govuk-frontend-6.3.0.min.js'

for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink, Tabs]) {
  createAll(component)
}
